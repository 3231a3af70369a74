"""Examination of this machine: the programs, libraries and fonts that leaflet needs or can use, and how to get them."""

from leaflet.doctor.examine_machine import Machine, can_build, examine_machine, this_machine
from leaflet.doctor.machine_part import MachinePart, PartState
from leaflet.doctor.operating_system import OperatingSystem

__all__ = [
    "Machine",
    "MachinePart",
    "OperatingSystem",
    "PartState",
    "can_build",
    "examine_machine",
    "this_machine",
]
