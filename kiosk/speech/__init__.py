"""Speech (朗读): how words are read aloud, the clips they are stored as, and the voices that speak them."""
