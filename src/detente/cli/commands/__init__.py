"""What can be typed, a file a group. What a command does stands in a module beside these."""
