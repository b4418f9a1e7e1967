"""The test set of the ears: who says what, in which noise, in two halves that share no voice and no item."""
