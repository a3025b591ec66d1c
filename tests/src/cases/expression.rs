//! Cost functions as tables write them: polynomials of `q` such as `q^2`, `100+3q`, `q*(q+1)/2`.

use membership::Fraction;

/// The value of `text` where `q` is what it is.
///
/// # Errors
/// If it is no such expression.
pub(super) fn value(text: &str, q: Fraction) -> Result<Fraction, String> {
    let letters: Vec<char> =
        text.replace("**", "^").chars().filter(|letter| !letter.is_whitespace()).collect();
    let mut reader = Reader { letters: &letters, at: 0, q };
    let value = reader.sum()?;
    if reader.at == letters.len() { Ok(value) } else { Err(format!("{text:?} goes on after its end")) }
}

struct Reader<'t> {
    letters: &'t [char],
    at: usize,
    q: Fraction,
}

impl Reader<'_> {
    fn next(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn takes(&mut self, letter: char) -> bool {
        let is = self.next() == Some(letter);
        self.at += usize::from(is);
        is
    }

    fn sum(&mut self) -> Result<Fraction, String> {
        let mut value = if self.takes('-') { -self.product()? } else { self.product()? };
        loop {
            if self.takes('+') {
                value = value + self.product()?;
            } else if self.takes('-') {
                value = value - self.product()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn product(&mut self) -> Result<Fraction, String> {
        let mut value = self.power()?;
        loop {
            if self.takes('*') {
                value = value * self.power()?;
            } else if self.takes('/') {
                value = value.checked_div(self.power()?).ok_or("a division by zero")?;
            } else if matches!(self.next(), Some('q' | '(')) {
                // 3q, 2(q+1): nothing between them means times.
                value = value * self.power()?;
            } else {
                return Ok(value);
            }
        }
    }

    fn power(&mut self) -> Result<Fraction, String> {
        let base = self.atom()?;
        if !self.takes('^') {
            return Ok(base);
        }
        let power = self.atom()?;
        let whole = power.is_whole().then(|| u32::try_from(power.floor()).ok()).flatten();
        whole.filter(|power| *power < 32).map(|power| base.pow(power)).ok_or(format!("{power} is no power"))
    }

    fn atom(&mut self) -> Result<Fraction, String> {
        if self.takes('q') {
            return Ok(self.q);
        }
        if self.takes('(') {
            let value = self.sum()?;
            return if self.takes(')') { Ok(value) } else { Err("a bracket is not closed".into()) };
        }
        let digits: String =
            self.letters[self.at..].iter().take_while(|one| one.is_ascii_digit() || **one == '.').collect();
        self.at += digits.chars().count();
        digits.parse().map_err(|_| format!("at {}: a number, q or a bracket was expected", self.at + 1))
    }
}
