-- A pack that has ended may still lie on phones, so it can be taken back like one that was superseded.
insert into life_cycle_moves values ('pack', 'expired', 'recalled');
