//! fanin on its runtimes.

mod channels;
#[cfg(feature = "sim")]
mod sim;

use channels::Fanin;
use peers::workload::shared;

#[cfg(feature = "sim")]
peers::contenders! {
    "fanin/recording" => shared::<Fanin, sim::Recording>,
}
