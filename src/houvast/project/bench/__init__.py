"""`./houvast bench`: how the main job and a register page behave on registers of any size."""
