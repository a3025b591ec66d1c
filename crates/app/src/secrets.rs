//! Keys that come from the settings: sealing, hashing, signing.
//!
//! One master key; HKDF (RFC 5869) makes a key of it for each purpose, so that a hash is never
//! usable as a signature. What is sealed names what it belongs to, and opens nowhere else.

use std::fmt;

use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    constant_time, hkdf, hmac, rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::Error;

/// Stands among the signing keys for the one that hangs on the master key.
pub const DERIVED: &str = "derived";

/// What a keyed hash is for: the same text hashes differently for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Six digits sent by mail, and the address they were sent to.
    SignInCode,
    /// Where somebody asks from.
    Asker,
    /// A browser's refresh token.
    RefreshToken,
    /// The token a form carries.
    Form,
    /// A personal calendar's secret address.
    CalendarFeed,
    /// The link in an invitation.
    Invitation,
    /// What a browser holds that asked for a code.
    Browser,
    /// What a browser holds in which somebody signed in before.
    Device,
    /// What a visitor's browser holds.
    VisitorToken,
    /// What a certificate of erasure says.
    Certificate,
    /// A line of a register of working time, and the line before.
    Register,
    /// What a program says to be let in.
    ApiToken,
    /// A key under which a request may be sent again.
    IdempotencyKey,
    /// By which the master key itself is known again.
    House,
}

impl Purpose {
    fn word(self) -> &'static str {
        match self {
            Self::SignInCode => "sign-in code",
            Self::Asker => "asker",
            Self::RefreshToken => "refresh token",
            Self::Form => "form",
            Self::CalendarFeed => "calendar feed",
            Self::Invitation => "invitation",
            Self::Browser => "browser",
            Self::Device => "device",
            Self::VisitorToken => "visitor token",
            Self::Certificate => "certificate",
            Self::Register => "register",
            Self::ApiToken => "API token",
            Self::IdempotencyKey => "idempotency key",
            Self::House => "house",
        }
    }
}

/// The keys. `Debug` shows none of them.
pub struct Secrets {
    sealing: LessSafeKey,
    hashing: hmac::Key,
    /// Newest first: the first signs, each of them is believed.
    signing: Vec<SigningKey>,
}

/// A key that signs access tokens, with the name by which a token says so (`kid`).
#[derive(Clone)]
pub(crate) struct SigningKey {
    pub(crate) name: String,
    pub(crate) bytes: [u8; 32],
}

impl Secrets {
    /// The keys made of `key`: 32 bytes as 64 hexadecimal digits.
    ///
    /// # Errors
    /// If it is no such key.
    pub fn from_key(key: &str) -> Result<Self, Error> {
        let master = unhex(key).ok_or(Error::Secret("the master key is not 64 hexadecimal digits"))?;
        let prk = hkdf::Salt::new(hkdf::HKDF_SHA256, b"veilleuse").extract(&master);
        let subkey = |purpose: &str| -> [u8; 32] {
            let mut key = [0; 32];
            prk.expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256)
                .and_then(|key_material| key_material.fill(&mut key))
                .expect("32 bytes are one block of SHA-256");
            key
        };
        let sealing = UnboundKey::new(&AES_256_GCM, &subkey("seal")).expect("the key has 32 bytes");
        Ok(Self {
            sealing: LessSafeKey::new(sealing),
            hashing: hmac::Key::new(hmac::HMAC_SHA256, &subkey("hash")),
            signing: vec![SigningKey::of(subkey("sign"))],
        })
    }

    /// The same, but access tokens are signed by the first of `keys`, and believed from each of them:
    /// 64 hexadecimal digits, or [`DERIVED`] for the key that hangs on the master key. None leaves that
    /// one alone.
    ///
    /// # Errors
    /// If one of them is no key.
    pub fn signing_with(mut self, keys: &[String]) -> Result<Self, Error> {
        const WRONG: Error = Error::Secret("a signing key is not 64 hexadecimal digits");
        let derived = self.signing.clone();
        let mut signing = Vec::with_capacity(keys.len());
        for key in keys {
            if key == DERIVED {
                signing.extend(derived.iter().cloned());
                continue;
            }
            let bytes = unhex(key).and_then(|bytes| bytes.try_into().ok()).ok_or(WRONG)?;
            signing.push(SigningKey::of(bytes));
        }
        if !signing.is_empty() {
            self.signing = signing;
        }
        Ok(self)
    }

    /// `plain`, sealed; it opens only with the same `belongs_to`, such as `channel_account/<id>`.
    pub fn seal(&self, plain: &[u8], belongs_to: &str) -> Vec<u8> {
        let nonce: [u8; NONCE_LEN] = random();
        let mut sealed = plain.to_vec();
        self.sealing
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(belongs_to.as_bytes()),
                &mut sealed,
            )
            .expect("AES-GCM takes anything shorter than 64 GiB");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What was sealed for `belongs_to`.
    ///
    /// # Errors
    /// If it was sealed with another key, for something else, or was tampered with.
    pub fn open(&self, sealed: &[u8], belongs_to: &str) -> Result<Vec<u8>, Error> {
        const WRONG: Error = Error::Secret("what was sealed does not open");
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(WRONG)?;
        let mut plain = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self
            .sealing
            .open_in_place(nonce, Aad::from(belongs_to.as_bytes()), &mut plain)
            .map_err(|_| WRONG)?
            .len();
        plain.truncate(length);
        Ok(plain)
    }

    /// [`Secrets::seal`] for text columns and job payloads.
    pub fn seal_text(&self, plain: &str, belongs_to: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.seal(plain.as_bytes(), belongs_to))
    }

    /// [`Secrets::open`] for text columns and job payloads.
    ///
    /// # Errors
    /// As [`Secrets::open`].
    pub fn open_text(&self, sealed: &str, belongs_to: &str) -> Result<String, Error> {
        const WRONG: Error = Error::Secret("what was sealed does not open");
        let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| WRONG)?;
        String::from_utf8(self.open(&sealed, belongs_to)?).map_err(|_| WRONG)
    }

    /// The keyed hash of `text`, as 64 hexadecimal digits.
    pub fn hash(&self, purpose: Purpose, text: &str) -> String {
        self.hash_bytes(purpose, text.as_bytes())
    }

    /// The keyed hash of `bytes`, as 64 hexadecimal digits.
    pub fn hash_bytes(&self, purpose: Purpose, bytes: &[u8]) -> String {
        hex(self.tag(purpose, bytes).as_ref())
    }

    /// Whether `hash` is the keyed hash of `text`; takes as long whatever the answer.
    pub fn hashes_to(&self, purpose: Purpose, text: &str, hash: &str) -> bool {
        constant_time::verify_slices_are_equal(self.hash(purpose, text).as_bytes(), hash.as_bytes()).is_ok()
    }

    /// A token that can be told from `id` by whoever has the key, and by nobody else: it need not be
    /// kept, and ends when the id is struck out.
    pub fn token_of(&self, purpose: Purpose, id: Uuid) -> String {
        let tag = self.tag(purpose, id.as_bytes());
        let (half, _) = tag.as_ref().split_at(16);
        URL_SAFE_NO_PAD.encode([id.as_bytes().as_slice(), half].concat())
    }

    /// The id in a token that [`Secrets::token_of`] made; nothing if it did not.
    pub fn id_in(&self, purpose: Purpose, token: &str) -> Option<Uuid> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (id, _) = bytes.split_first_chunk::<16>()?;
        let id = Uuid::from_bytes(*id);
        let same =
            constant_time::verify_slices_are_equal(self.token_of(purpose, id).as_bytes(), token.as_bytes());
        same.is_ok().then_some(id)
    }

    /// A random token of 256 bits, as text that fits into a cookie or an address.
    pub fn random_token(&self) -> String {
        URL_SAFE_NO_PAD.encode(random::<32>())
    }

    /// Six random digits, each of the million codes as likely as any other.
    pub fn random_code(&self) -> String {
        // The largest multiple of a million that fits: what lies above is drawn again.
        const FAIR: u32 = u32::MAX - u32::MAX % 1_000_000;
        loop {
            let drawn = u32::from_le_bytes(random());
            if drawn < FAIR {
                return format!("{:06}", drawn % 1_000_000);
            }
        }
    }

    /// The key that signs access tokens from now on.
    pub(crate) fn signing_key(&self) -> &SigningKey {
        self.signing.first().expect("there is the derived key, or at least one in its place")
    }

    /// The key of that name, if tokens it signed are still believed.
    pub(crate) fn signing_key_named(&self, name: &str) -> Option<&SigningKey> {
        self.signing.iter().find(|key| key.name == name)
    }

    fn tag(&self, purpose: Purpose, bytes: &[u8]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.hashing);
        context.update(purpose.word().as_bytes());
        context.update(&[0]);
        context.update(bytes);
        context.sign()
    }
}

impl SigningKey {
    /// The key with its name: the start of a hash, which says nothing of the key.
    fn of(bytes: [u8; 32]) -> Self {
        let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, &bytes), b"name of a signing key");
        Self { name: hex(&tag.as_ref()[..8]), bytes }
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// A new random master key, for the demo.
pub fn random_key() -> String {
    hex(&random::<32>())
}

fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the system's randomness never runs dry");
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let text = text.trim();
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    (0..32).map(|byte| u8::from_str_radix(&text[byte * 2..byte * 2 + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets() -> Secrets {
        Secrets::from_key(&"07".repeat(32)).unwrap()
    }

    #[test]
    fn what_is_sealed_opens_only_where_it_belongs() {
        let sealed = secrets().seal(b"hunter2", "channel_account/1");
        assert_eq!(secrets().open(&sealed, "channel_account/1").unwrap(), b"hunter2");
        assert!(secrets().open(&sealed, "channel_account/2").is_err());
        let other = Secrets::from_key(&"08".repeat(32)).unwrap();
        assert!(other.open(&sealed, "channel_account/1").is_err());
        assert!(secrets().open(&sealed[..20], "channel_account/1").is_err());
        assert!(secrets().open(b"short", "channel_account/1").is_err());
    }

    #[test]
    fn the_same_text_never_looks_the_same_when_sealed() {
        let secrets = secrets();
        assert_ne!(secrets.seal_text("482913", "post/1"), secrets.seal_text("482913", "post/1"));
        assert_eq!(secrets.open_text(&secrets.seal_text("été", "post/1"), "post/1").unwrap(), "été");
    }

    #[test]
    fn a_hash_depends_on_its_purpose_and_on_the_key() {
        let secrets = secrets();
        let hash = secrets.hash(Purpose::SignInCode, "482913");
        assert_eq!(hash.len(), 64);
        assert!(secrets.hashes_to(Purpose::SignInCode, "482913", &hash));
        assert!(!secrets.hashes_to(Purpose::Form, "482913", &hash));
        assert!(!secrets.hashes_to(Purpose::SignInCode, "482914", &hash));
        assert_ne!(hash, Secrets::from_key(&"08".repeat(32)).unwrap().hash(Purpose::SignInCode, "482913"));
    }

    #[test]
    fn a_token_leads_back_to_its_id_and_a_forged_one_leads_nowhere() {
        let (secrets, id) = (secrets(), Uuid::now_v7());
        let token = secrets.token_of(Purpose::CalendarFeed, id);
        assert_eq!(secrets.id_in(Purpose::CalendarFeed, &token), Some(id));
        assert_eq!(secrets.id_in(Purpose::Form, &token), None);
        let forged = secrets.token_of(Purpose::Form, id);
        assert_eq!(secrets.id_in(Purpose::CalendarFeed, &forged), None);
        assert_eq!(secrets.id_in(Purpose::CalendarFeed, "nonsense"), None);
    }

    #[test]
    fn codes_have_six_digits_and_differ() {
        let codes: std::collections::HashSet<String> = (0..100).map(|_| secrets().random_code()).collect();
        assert!(codes.iter().all(|code| code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit())));
        assert!(codes.len() > 90);
    }

    #[test]
    fn a_key_is_64_hexadecimal_digits() {
        for wrong in ["", "07", &"zz".repeat(32), &"07".repeat(33), &"é".repeat(32)] {
            assert!(Secrets::from_key(wrong).is_err(), "{wrong:?}");
        }
        assert!(Secrets::from_key(&random_key()).is_ok());
    }

    #[test]
    fn keys_are_not_shown_by_debug() {
        assert_eq!(format!("{:?}", secrets()), "Secrets(…)");
    }
}
