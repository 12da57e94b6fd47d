"""How a plan is executed: engines, the scheduler, workers, and the store of what is done."""
