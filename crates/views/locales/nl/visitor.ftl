# visitor
