"""Networks, one folder each: modelling, data, training, evaluation and weights."""
