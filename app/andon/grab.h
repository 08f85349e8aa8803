#pragma once
// Pictures of the pages for eyes and for the tour: shows a page, waits until it has settled, saves it. GUI thread; the
// event loop runs on, nothing is nested.
#include "app/andon/states.h"
#include "ui/shell/mainwindow.h"

#include <QSize>

namespace andon::desktop
{

struct Shot {
    QString page = {};
    QString file = {};
    QString texts = {}; ///< what the page says goes there, "" = nowhere
    QSize size = {1440, 900};
    ui::Theme theme = ui::Theme::Dark;
    QString link = {}; ///< opened first, "" = none
    std::optional<PageState> state = {}; ///< shown instead of how the page is
    QString filter = {}; ///< typed into the page's filter, "" = none
    bool checked = false; ///< says what is wrong with its layout, and ends with 1 then
};

/// Takes the pictures one after the other and calls done(exit code) after the last.
void takeShots(ui::MainWindow &window, std::vector<Shot> shots, bool network, std::function<void(int)> done);

} // namespace andon::desktop
