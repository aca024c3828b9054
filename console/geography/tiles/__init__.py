"""The base map: pictures of the plane in squares, from a file or from a server of the centre's choice."""
