interface Principal {}

record Mail(String subject) {}
