"""How fast and how big the kiosk is, measured from the outside; ``packaging/bench`` runs it."""
