"""The pages of the HTML report: one for each text, and an index where there are several."""
