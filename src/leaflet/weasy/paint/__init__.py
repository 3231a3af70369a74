"""Painting order and recorded drawing operators."""
