"""The kiosk without a face: no Qt, no device libraries."""
