# notebook
