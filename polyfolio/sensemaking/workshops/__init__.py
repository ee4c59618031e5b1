"""What a workshop is made of, apart from the database: steps, cards, what an act may say, what acts come to."""
