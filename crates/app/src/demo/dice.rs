//! Dice that fall the same way every time: the demo is the same world on every machine.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to below `end`.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// One of `things`.
    pub(super) fn one<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        let at = self.below(things.len() as u64);
        &things[usize::try_from(at).expect("it is below the length of a slice")]
    }
}
