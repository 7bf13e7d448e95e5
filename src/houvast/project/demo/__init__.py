"""The example data set `diemen-2021`, as pure data: what the source document says, and the example rows
that have to exist so that a register can be counted. Nothing here touches the database; the loader does,
through actions. The loader marks every row that does not come from the source as example data.
"""
