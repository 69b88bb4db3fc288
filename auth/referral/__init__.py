"""Links by which people come to sign up, every click on them, and what a browser carries from the click to the form."""
