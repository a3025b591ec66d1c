//! Lines between processes that one can slow down or lead elsewhere.

use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::{AbortHandle, JoinHandle},
};

/// A line to `port` on which every answer takes `delay` longer, so that a process that is killed at a
/// random moment is often killed while a mail server is answering. Returns the port to use instead.
///
/// # Panics
/// When this machine has no loopback.
pub async fn slow_line(port: u16, delay: Duration) -> u16 {
    held_up(port, move || tokio::time::sleep(delay)).await
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
        let until_open = move || {
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

/// A line to `port` on which every answer waits for `hold`. Returns the port to use instead.
async fn held_up<H>(port: u16, hold: impl Fn() -> H + Clone + Send + Sync + 'static) -> u16
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
async fn carry<H: Future<Output = ()>>(near: TcpStream, far: TcpStream, hold: impl Fn() -> H) {
    let (mut from_near, mut to_near) = near.into_split();
    let (mut from_far, mut to_far) = far.into_split();
    let there = async {
        let _ = tokio::io::copy(&mut from_near, &mut to_far).await;
        let _ = to_far.shutdown().await;
    };
    let back = async {
        let mut bytes = [0; 4096];
        while let Ok(count @ 1..) = from_far.read(&mut bytes).await {
            hold().await;
            if to_near.write_all(&bytes[..count]).await.is_err() {
                break;
            }
        }
        let _ = to_near.shutdown().await;
    };
    tokio::join!(there, back);
}
