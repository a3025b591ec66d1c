//! Questions about many people, asked of all processors at once.

use std::num::NonZero;
use std::thread;

/// So many threads answer at most: more gain little on a question of milliseconds.
const THREADS: usize = 4;
/// With fewer questions than this for each, a thread costs more than it gives.
const WORTH: usize = 8;

/// What `answer` says of each of `questions`, in their order.
pub fn each<Q: Sync, A: Send>(questions: &[Q], answer: impl Fn(&Q) -> A + Sync) -> Vec<A> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get).min(THREADS);
    let threads = processors.min(questions.len() / WORTH).max(1);
    let mut parts = questions.chunks(questions.len().div_ceil(threads).max(1));
    let first = parts.next().unwrap_or_default();
    thread::scope(|scope| {
        let answer = &answer;
        let others: Vec<_> =
            parts.map(|part| scope.spawn(move || part.iter().map(answer).collect::<Vec<A>>())).collect();
        let mut answers: Vec<A> = first.iter().map(answer).collect();
        for other in others {
            answers.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        answers
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_come_in_the_order_of_the_questions() {
        for many in [0, 1, 7, 8, 9, 16, 17, 120, 1001] {
            let questions: Vec<usize> = (0..many).collect();
            let doubled: Vec<usize> = questions.iter().map(|number| 2 * number).collect();
            assert_eq!(super::each(&questions, |number| 2 * number), doubled, "{many} questions");
        }
    }
}
