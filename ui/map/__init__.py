"""The grid map: grids by colour, incidents as points, under the operator's hand."""
