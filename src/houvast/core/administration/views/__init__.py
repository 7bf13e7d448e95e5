"""The screens of administration: people and roles, access for others, who may what, the trail."""
