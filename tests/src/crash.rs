//! What the crash test and the process it kills tell each other, and a slow line between them and the post.

use std::{net::Ipv4Addr, time::Duration};

use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How the process finds its house.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct House {
    /// Its tables.
    pub database: String,
    /// Its key.
    pub key: String,
    /// The advisor's access token.
    pub access: String,
}

/// A message a visitor wants to send.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Chat {
    /// To which office.
    pub slug: String,
    /// What the browser holds.
    pub token: String,
    /// The key its page made.
    pub key: String,
    /// What it says.
    pub body: String,
}

/// A line to `port` on which every answer takes `delay` longer, so that a process that is killed at a
/// random moment is often killed while a mail server is answering. Returns the port to use instead.
///
/// # Panics
/// When this machine has no loopback.
pub async fn slow_line(port: u16, delay: Duration) -> u16 {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("the loopback can be listened on");
    let here = listener.local_addr().expect("a listener has an address").port();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            tokio::spawn(async move {
                if let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await {
                    carry(near, far, delay).await;
                }
            });
        }
    });
    here
}

/// Carries bytes both ways until one side hangs up.
async fn carry(near: TcpStream, far: TcpStream, delay: Duration) {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = far.into_split();
    let there = async {
        let _ = tokio::io::copy(&mut from_near, &mut to_far).await;
        let _ = to_far.shutdown().await;
    };
    let back = async {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from_far.read(&mut bytes).await {
            tokio::time::sleep(delay).await;
            if to_near.write_all(&bytes[..count]).await.is_err() {
                break;
            }
        }
        let _ = to_near.shutdown().await;
    };
    tokio::join!(there, back);
}
