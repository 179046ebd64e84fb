"""The Qt Quick interface."""
