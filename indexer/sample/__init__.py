"""A generated stock of bilingual patents to try the product on: `patentry sample`. Nothing in it is a real document."""
