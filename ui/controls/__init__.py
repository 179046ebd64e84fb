"""The controls of the screen: one folder each with QML, contract (YAML) and test; the few types Python draws."""
