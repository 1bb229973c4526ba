"""What an analyst writes: schema, loading, addresses, patches, lint."""
