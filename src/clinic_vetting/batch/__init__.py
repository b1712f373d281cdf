"""Many clinics: verdicts on a stream of dossiers, in order, in flat memory, and able to go on after any end.

`many` is for Python. The command is `run`, as `options` ask: `lines` reads, `scoring` vets, `workers` does that in
several processes, `sinks` writes, `progress` remembers how far it came, `finished` how it ended, `meter` tells a
person.
"""
