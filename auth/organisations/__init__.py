"""Bureaus in their tree, agencies, libraries and makerspaces under them, enterprises with what is officially said of them."""
