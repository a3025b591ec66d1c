-- Work during standby is the person's and the employer's again, and nobody else's.

drop policy see on interventions;
create policy see on interventions for select using (
    person_id = any ((select veilleuse_set('own'))::uuid[])
    or organisation_id = any ((select veilleuse_set('home'))::uuid[]));
