"""Chinese as it is written: width and script, words, sentences, numerals, regions, aliases."""
