//! Which addresses a mail server may have: those of the public internet, unless the operator says that
//! offices' mailboxes stand in networks of their own.
//!
//! Whoever sets a mailbox up names the server, and our machine connects to it. Without this rule it would
//! knock wherever it is told to, behind the firewall too.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Where mail servers may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Reach {
    /// At public addresses, on a port of mail.
    #[default]
    Public,
    /// Anywhere: in networks of the operator, on this machine, on any port.
    Anywhere,
}

/// The ports of mail: SMTP as relay and with sign-in, IMAP, each plain at first and with TLS.
pub(super) const PORTS: [u16; 6] = [25, 143, 465, 587, 993, 2525];

impl Reach {
    /// Whether a connection may go to `address`.
    pub(super) fn holds(self, address: SocketAddr) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Public => PORTS.contains(&address.port()) && is_public(address.ip()),
        }
    }
}

/// Whether `ip` is somebody's on the public internet, by the registries of special addresses (IANA, "IPv4
/// and IPv6 Special-Purpose Address Registry", RFC 6890). What leads to an IPv4 address is judged by it.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(inner) => is_public_v4(inner),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || a == 0
        || a >= 240
        // Shared by customers of one carrier; protocol assignments; relays to IPv6; benchmarks.
        || (a == 100 && (64..128).contains(&b))
        || ((a, b, c) == (192, 0, 0))
        || ((a, b, c) == (192, 88, 99))
        || (a == 198 && (b == 18 || b == 19));
    !special
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [a, b, c, ..] = ip.segments();
    // Only 2000::/3 is given out; of it protocols, 6to4 and documentation are not.
    let given_out = a & 0xe000 == 0x2000;
    let protocols = a == 0x2001 && b < 0x0200;
    let documentation = (a == 0x2001 && b == 0x0db8) || (a == 0x3fff && b & 0xf000 == 0);
    let through_ipv4 = a == 0x2002 && !is_public_v4(Ipv4Addr::from((u32::from(b) << 16) | u32::from(c)));
    given_out && !protocols && !documentation && !through_ipv4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reaches(ip: &str, port: u16) -> bool {
        Reach::Public.holds(SocketAddr::new(ip.parse().unwrap(), port))
    }

    #[test]
    fn a_mail_server_on_the_internet_is_reached_on_the_ports_of_mail() {
        for ip in ["9.9.9.9", "193.0.6.139", "2001:67c:2e8:22::c100:68b", "2620:fe::fe"] {
            assert!(PORTS.iter().all(|port| reaches(ip, *port)), "{ip}");
            assert!(!reaches(ip, 22) && !reaches(ip, 5432) && !reaches(ip, 80), "{ip}");
        }
    }

    #[test]
    fn nothing_behind_the_firewall_is_reached() {
        for ip in [
            "127.0.0.1",
            "10.1.2.3",
            "172.20.0.2",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.2.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "fe80::1",
            "fd00::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:a00:1::1",
        ] {
            assert!(!reaches(ip, 993), "{ip} is reached");
        }
    }

    #[test]
    fn an_operator_may_let_mailboxes_stand_anywhere() {
        assert!(Reach::Anywhere.holds("127.0.0.1:31143".parse().unwrap()));
    }
}
