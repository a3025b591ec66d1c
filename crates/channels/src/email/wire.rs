//! The connection to a mail server: TLS from the start, TLS on request, or plain on this machine only.

use std::{
    fmt, io,
    net::SocketAddr,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadBuf},
    net::{TcpStream, lookup_host},
};
use tokio_rustls::{TlsConnector, client::TlsStream};

use super::reach::{PORTS, Reach};

/// How the connection to a mail server is kept private.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte (ports 465 and 993).
    #[default]
    Tls,
    /// Begins plain and must change to TLS before anything is said (ports 587 and 143).
    StartTls,
    /// Plain, and therefore only to this machine's own loopback addresses.
    PlainOnLoopback,
}

/// Why there is no connection. Nothing of ours was said yet.
#[derive(Debug, Error)]
pub(super) enum WireError {
    #[error("could not find the address of {host}")]
    Unknown { host: String, source: io::Error },
    #[error("{host} is not on this machine, and a plain connection goes nowhere else")]
    NotLoopback { host: String },
    #[error("{host} stands at no public address, and this house connects to no other")]
    NotPublic { host: String },
    #[error("{port} is no port of mail; those are {PORTS:?}")]
    NotAMailPort { port: u16 },
    #[error("could not connect to {host}:{port}")]
    Connect { host: String, port: u16, source: io::Error },
    #[error("could not agree with {host} on TLS")]
    Tls { host: String, source: io::Error },
    #[error("the certificate to trust cannot be read")]
    Trust(#[source] rustls::pki_types::pem::Error),
    #[error("the certificate to trust is not one")]
    NotACertificate(#[source] rustls::Error),
    #[error("{0} is not the name of a server")]
    Name(String),
    #[error("{host} does not offer STARTTLS; it said {said:?}")]
    NoStartTls { host: String, said: String },
}

/// Where to connect and whom to believe.
pub(super) struct Place<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) security: Security,
    pub(super) trust: Option<&'a str>,
    pub(super) reach: Reach,
}

/// Which words change a plain connection to TLS.
#[derive(Clone, Copy)]
pub(super) enum Protocol {
    Smtp,
    Imap,
}

impl Place<'_> {
    /// Connects; afterwards the connection is private, or stays on this machine.
    ///
    /// After STARTTLS the server's greeting has been read already.
    pub(super) async fn connect(&self, protocol: Protocol) -> Result<Wire, WireError> {
        let mut tcp = self.tcp().await?;
        let peer = tcp.peer_addr().map_err(|source| self.not_connected(source))?;
        let inner = match self.security {
            Security::PlainOnLoopback => Inner::Plain(tcp),
            Security::Tls => Inner::Tls(Box::new(self.tls(tcp).await?)),
            Security::StartTls => {
                self.ask_for_tls(&mut tcp, protocol).await?;
                Inner::Tls(Box::new(self.tls(tcp).await?))
            }
        };
        Ok(Wire { inner, peer })
    }

    async fn tcp(&self) -> Result<TcpStream, WireError> {
        if self.reach == Reach::Public && !PORTS.contains(&self.port) {
            return Err(WireError::NotAMailPort { port: self.port });
        }
        let unknown = |source| WireError::Unknown { host: self.host.to_owned(), source };
        let all: Vec<SocketAddr> = lookup_host((self.host, self.port)).await.map_err(unknown)?.collect();
        let plain = self.security == Security::PlainOnLoopback;
        let here: Vec<SocketAddr> =
            all.into_iter().filter(|address| !plain || address.ip().is_loopback()).collect();
        if here.is_empty() && plain {
            return Err(WireError::NotLoopback { host: self.host.to_owned() });
        }
        // What was looked up is what is connected to: a name cannot mean another address meanwhile.
        let allowed: Vec<SocketAddr> =
            here.into_iter().filter(|address| self.reach.holds(*address)).collect();
        if allowed.is_empty() {
            return Err(WireError::NotPublic { host: self.host.to_owned() });
        }
        TcpStream::connect(&*allowed).await.map_err(|source| self.not_connected(source))
    }

    fn not_connected(&self, source: io::Error) -> WireError {
        WireError::Connect { host: self.host.to_owned(), port: self.port, source }
    }

    async fn tls(&self, tcp: TcpStream) -> Result<TlsStream<TcpStream>, WireError> {
        let name =
            ServerName::try_from(self.host.to_owned()).map_err(|_| WireError::Name(self.host.to_owned()))?;
        let connector = TlsConnector::from(Arc::new(tls_settings(self.trust)?));
        connector
            .connect(name, tcp)
            .await
            .map_err(|source| WireError::Tls { host: self.host.to_owned(), source })
    }

    /// Reads byte by byte: whatever somebody in between pushed in behind the server's last plain line
    /// then reaches the TLS handshake, which refuses it, and never counts as the server's word.
    async fn ask_for_tls(&self, tcp: &mut TcpStream, protocol: Protocol) -> Result<(), WireError> {
        let refused = |said: String| WireError::NoStartTls { host: self.host.to_owned(), said };
        let broken = |source| self.not_connected(source);
        match protocol {
            Protocol::Smtp => {
                let greeting = smtp_reply(tcp).await.map_err(broken)?;
                if !greeting.starts_with("220") {
                    return Err(refused(greeting));
                }
                tcp.write_all(b"EHLO [127.0.0.1]\r\n").await.map_err(broken)?;
                smtp_reply(tcp).await.map_err(broken)?;
                tcp.write_all(b"STARTTLS\r\n").await.map_err(broken)?;
                let said = smtp_reply(tcp).await.map_err(broken)?;
                if said.starts_with("220") { Ok(()) } else { Err(refused(said)) }
            }
            Protocol::Imap => {
                line(tcp).await.map_err(broken)?;
                tcp.write_all(b"tls STARTTLS\r\n").await.map_err(broken)?;
                let mut said = line(tcp).await.map_err(broken)?;
                while said.starts_with('*') {
                    said = line(tcp).await.map_err(broken)?;
                }
                if said.to_lowercase().starts_with("tls ok") { Ok(()) } else { Err(refused(said)) }
            }
        }
    }
}

/// The last line of an SMTP reply: the one without a dash after its number.
async fn smtp_reply(tcp: &mut TcpStream) -> io::Result<String> {
    for _ in 0..100 {
        let said = line(tcp).await?;
        if said.as_bytes().get(3) != Some(&b'-') {
            return Ok(said);
        }
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "a reply without end"))
}

async fn line(tcp: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    loop {
        match tcp.read_u8().await? {
            b'\n' => return Ok(String::from_utf8_lossy(&bytes).trim_end().to_owned()),
            byte if bytes.len() < 2000 => bytes.push(byte),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "a line without end")),
        }
    }
}

/// How many certificates a text (PEM) holds that an authority may have; nothing if one cannot be read.
pub fn certificates(text: &str) -> Option<usize> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
        roots.add(certificate.ok()?).ok()?;
    }
    Some(roots.len())
}

/// The public certificate authorities, and the one the office names besides.
fn tls_settings(trust: Option<&str>) -> Result<ClientConfig, WireError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for certificate in trust.map(str::as_bytes).into_iter().flat_map(CertificateDer::pem_slice_iter) {
        roots.add(certificate.map_err(WireError::Trust)?).map_err(WireError::NotACertificate)?;
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("this provider has cipher suites for TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// A connection, private or on this machine.
pub(super) struct Wire {
    inner: Inner,
    peer: SocketAddr,
}

enum Inner {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Wire {
    pub(super) fn peer(&self) -> SocketAddr {
        self.peer
    }
}

impl fmt::Debug for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Wire({})", self.peer)
    }
}

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Inner::Tls(tls) => Pin::new(tls.as_mut()).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_write(cx, buf),
            Inner::Tls(tls) => Pin::new(tls.as_mut()).poll_write(cx, buf),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_flush(cx),
            Inner::Tls(tls) => Pin::new(tls.as_mut()).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().inner {
            Inner::Plain(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Inner::Tls(tls) => Pin::new(tls.as_mut()).poll_shutdown(cx),
        }
    }
}

/// An error with its causes, in one line.
pub(super) fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let said = error.to_string();
        if !text.contains(&said) {
            text = format!("{text}: {said}");
        }
        cause = error.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_plain_connection_goes_nowhere_but_to_this_machine() {
        let place = place("192.0.2.1", 25, Reach::Anywhere);
        assert!(matches!(place.connect(Protocol::Smtp).await, Err(WireError::NotLoopback { .. })));
    }

    #[tokio::test]
    async fn without_the_operators_word_nothing_on_this_machine_is_connected_to() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let refused = place("localhost", port, Reach::Public).connect(Protocol::Imap).await;
        assert!(matches!(refused, Err(WireError::NotAMailPort { .. })), "{refused:?}");
        let refused = place("localhost", 143, Reach::Public).connect(Protocol::Imap).await;
        assert!(matches!(refused, Err(WireError::NotPublic { .. })), "{refused:?}");
    }

    fn place(host: &str, port: u16, reach: Reach) -> Place<'_> {
        Place { host, port, security: Security::PlainOnLoopback, trust: None, reach }
    }

    #[test]
    fn a_certificate_that_is_none_is_refused() {
        let nonsense = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(tls_settings(Some(nonsense)), Err(WireError::NotACertificate(_))));
        assert!(tls_settings(None).is_ok());
    }
}
