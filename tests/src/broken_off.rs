//! Whoever asks may go away at any moment: work that is dropped on its way.

use std::{future::Future, pin::pin, task::Poll};

/// Lets `work` go on until it has stopped to wait `times` times, then drops it; its outcome if it came to
/// its end before.
pub async fn ends_within<T>(times: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut waited = 0;
    std::future::poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(done) => Poll::Ready(Some(done)),
        Poll::Pending => {
            waited += 1;
            if waited < times { Poll::Pending } else { Poll::Ready(None) }
        }
    })
    .await
}
