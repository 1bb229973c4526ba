"""Claims files to be finished by a person: from marks, or from a language model."""
