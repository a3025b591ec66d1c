//! Lines between processes that one can slow down, silence or lead elsewhere.

use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream, UnixStream},
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A line to `port` on which every answer takes `delay` longer, so that a process that is killed at a
/// random moment is often killed while a mail server is answering. Returns the port to use instead.
///
/// # Panics
/// When this machine has no loopback.
pub async fn slow_line(port: u16, delay: Duration) -> u16 {
    held_up(port, move |_: &[u8]| tokio::time::sleep(delay)).await
}

/// A line on which no answer passes until it is opened: whatever goes over it stays in hand as long.
#[derive(Debug)]
pub struct Gate {
    /// The port to use instead.
    pub port: u16,
    open: watch::Sender<bool>,
}

impl Gate {
    /// A closed one before `port`.
    ///
    /// # Panics
    /// When this machine has no loopback.
    pub async fn before(port: u16) -> Self {
        let (open, opened) = watch::channel(false);
        let until_open = move |_: &[u8]| {
            let mut opened = opened.clone();
            async move {
                let _ = opened.wait_for(|open| *open).await;
            }
        };
        Self { port: held_up(port, until_open).await, open }
    }

    /// Lets everything pass from now on.
    pub fn opens(&self) {
        let _ = self.open.send(true);
    }
}

/// A moment in which a letter is handed to a mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// The server says that it waits for the text (RFC 5321 §3.3, reply 354).
    BeforeText,
    /// The server says that it has the text.
    AfterText,
}

/// A line to a mail server that breaks in a chosen moment of the first letter over it: the server's answer
/// is held there for good. Letters after that one pass.
#[derive(Debug)]
pub struct Snag {
    /// The port to use instead.
    pub port: u16,
    held: watch::Receiver<bool>,
}

impl Snag {
    /// One before `port`.
    ///
    /// # Panics
    /// When this machine has no loopback.
    pub async fn before(port: u16, moment: Moment) -> Self {
        let (tell, held) = watch::channel(false);
        let tell = Arc::new(tell);
        let mut asked_for_text = false;
        let until_gone = move |answer: &[u8]| {
            let asks = answer.starts_with(b"354");
            let now = match moment {
                Moment::BeforeText => asks,
                Moment::AfterText => asked_for_text,
            };
            asked_for_text = asks;
            // Only the first letter: whoever takes over finds the line whole.
            let holds = now && !tell.send_replace(true);
            async move {
                if holds {
                    std::future::pending::<()>().await;
                }
            }
        };
        Self { port: held_up(port, until_gone).await, held }
    }

    /// Waits until a letter is held.
    ///
    /// # Panics
    /// When nobody could hold one any more.
    pub async fn holds_a_letter(&self) {
        self.held.clone().wait_for(|held| *held).await.expect("the line stands as long as the test");
    }
}

/// A line to a socket of PostgreSQL that falls silent: nobody hangs up, and nothing comes back any more, as
/// when the machine at its other end has lost its power.
#[derive(Debug)]
pub struct Mute {
    /// The port to use instead.
    pub port: u16,
    silent: watch::Sender<bool>,
}

impl Mute {
    /// One before the socket at `path`.
    ///
    /// # Panics
    /// When this machine has no loopback.
    pub async fn before(path: PathBuf) -> Self {
        let (silent, heard) = watch::channel(false);
        let (listener, here) = listening().await;
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(carry_until(heard.clone(), near, path.clone()));
            }
        });
        Self { port: here.port(), silent }
    }

    /// Lines that stand are silent for good, and new ones lead nowhere.
    pub fn falls_silent(&self) {
        let _ = self.silent.send(true);
    }

    /// New lines lead on: the machine is back, and knows nothing of those who spoke to it before.
    pub fn leads_on(&self) {
        let _ = self.silent.send(false);
    }
}

/// Carries one line until it is to be silent; then whoever stands at its near end waits in vain.
async fn carry_until(mut silent: watch::Receiver<bool>, mut near: TcpStream, path: PathBuf) {
    if !*silent.borrow() {
        let Ok(mut far) = UnixStream::connect(path).await else { return };
        tokio::select! {
            _ = copy_bidirectional(&mut near, &mut far) => return,
            _ = silent.wait_for(|silent| *silent) => {}
        }
    }
    std::future::pending().await
}

/// A line to `port` on which every answer waits for `hold`, of which each connection has its own. Returns
/// the port to use instead.
async fn held_up<H>(port: u16, hold: impl FnMut(&[u8]) -> H + Clone + Send + Sync + 'static) -> u16
where
    H: Future<Output = ()> + Send,
{
    let (listener, here) = listening().await;
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let hold = hold.clone();
            tokio::spawn(async move {
                if let Ok(far) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await {
                    carry(near, far, hold).await;
                }
            });
        }
    });
    here.port()
}

/// A small proxy before several nodes, as one stands before them in production: a new line goes to the
/// first node that answers, the one it points at before all others.
#[derive(Debug)]
pub struct Switch {
    /// Where browsers ask.
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

#[derive(Debug)]
struct State {
    /// In the order in which they are tried.
    nodes: Vec<SocketAddr>,
    /// Lines that stand, and where they lead.
    open: Vec<(SocketAddr, AbortHandle)>,
}

impl Switch {
    /// Opens one that leads nowhere yet.
    ///
    /// # Panics
    /// When this machine has no loopback.
    pub async fn open() -> Self {
        let (listener, address) = listening().await;
        let state = Arc::new(Mutex::new(State { nodes: Vec::new(), open: Vec::new() }));
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                lead(near, &shared);
            }
        });
        Self { address, state, accepting }
    }

    /// Leads to these nodes from now on, the first before all others, and cuts what leads elsewhere than
    /// to the first.
    ///
    /// # Panics
    /// Never.
    pub fn points_at(&self, nodes: &[SocketAddr]) {
        let mut state = self.state.lock().expect("nobody panics while holding this lock");
        state.nodes = nodes.to_vec();
        for (to, line) in &state.open {
            if Some(to) != nodes.first() {
                line.abort();
            }
        }
        state.open.retain(|(_, line)| !line.is_finished());
    }

    /// How many lines lead to `node` now.
    ///
    /// # Panics
    /// Never.
    pub fn lines_to(&self, node: SocketAddr) -> usize {
        let state = self.state.lock().expect("nobody panics while holding this lock");
        state.open.iter().filter(|(to, line)| *to == node && !line.is_finished()).count()
    }
}

impl Drop for Switch {
    fn drop(&mut self) {
        self.accepting.abort();
        self.points_at(&[]);
    }
}

/// Carries one line, in a task that is noted under where it leads.
fn lead(mut near: TcpStream, shared: &Arc<Mutex<State>>) {
    let shared = Arc::clone(shared);
    tokio::spawn(async move {
        let nodes = shared.lock().expect("nobody panics while holding this lock").nodes.clone();
        for node in nodes {
            let Ok(mut far) = TcpStream::connect(node).await else { continue };
            let line = tokio::spawn(async move {
                // However it ends, both sides are hung up.
                let _ = copy_bidirectional(&mut near, &mut far).await;
            });
            let mut state = shared.lock().expect("nobody panics while holding this lock");
            state.open.retain(|(_, line)| !line.is_finished());
            state.open.push((node, line.abort_handle()));
            return;
        }
    });
}

async fn listening() -> (TcpListener, SocketAddr) {
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("the loopback can be listened on");
    let here = listener.local_addr().expect("a listener has an address");
    (listener, here)
}

/// Carries bytes both ways until one side hangs up; what comes back waits for `hold` first.
async fn carry<H: Future<Output = ()>>(near: TcpStream, far: TcpStream, mut hold: impl FnMut(&[u8]) -> H) {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = far.into_split();
    let there = async {
        let _ = tokio::io::copy(&mut from_near, &mut to_far).await;
        let _ = to_far.shutdown().await;
    };
    let back = async {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from_far.read(&mut bytes).await {
            hold(&bytes[..count]).await;
            if to_near.write_all(&bytes[..count]).await.is_err() {
                break;
            }
        }
        let _ = to_near.shutdown().await;
    };
    tokio::join!(there, back);
}
