"""Electronic licences (电子证照): the library of a holder, revocation, and the sealed file of each."""
