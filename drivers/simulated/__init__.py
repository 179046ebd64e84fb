"""The other end of every wire: simulated devices, each written from its specification, with a fault menu."""
