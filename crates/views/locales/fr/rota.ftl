# rota
