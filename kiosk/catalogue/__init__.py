"""What can be done here."""
