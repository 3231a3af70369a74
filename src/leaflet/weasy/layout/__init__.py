"""Layout features and caches that WeasyPrint has no public extension point for."""
