#pragma once
// What the window is opened on. Main thread.
#include "app/andon/demomodule.h"
#include "app/common/holder.h"
#include "app/common/wiring.h"

#include <QTemporaryDir>

class QCommandLineParser;

namespace andon::desktop
{

/// What the window shows: the sites of the profile, or the demo factory that runs in this process.
struct Stage {
    std::unique_ptr<QTemporaryDir> folder = {}; ///< of the demo's profile
    std::optional<RunningDemo> demo = {};
    std::unique_ptr<app::Holder> holder = {}; ///< when it opens a window; what only takes pictures writes nothing
    std::unique_ptr<app::House> house = {};
    std::vector<profile::SiteConfig> sites = {};
};

/// Whether that is the demo factory.
[[nodiscard]] bool opensDemo(const QCommandLineParser &parser);

/// Without the demo factory it may run before there is an application, on any thread.
/// Storage with the hint "held" when another process has the profile.
[[nodiscard]] core::Result<void> openStage(Stage &stage, const QCommandLineParser &parser);

} // namespace andon::desktop
