#pragma once
// What needs somebody at any site, as the caches tell it: one table with a column for the site. Enter opens the site at
// the thing. GUI thread.
#include "models/celltable.h"
#include "ui/shell/sitehost.h"

#include <QDialog>
#include <QTimer>

namespace andon::ui
{

/// A row for each thing, the worst first; one that says so for a site of which nothing is cached, or that needs nobody.
/// A row's link is "SITE LINK".
[[nodiscard]] std::vector<models::TableRow>
needsOfSites(const std::vector<SiteTile> &tiles, const std::vector<factory::SiteGlance> &glances, core::Instant now);

class SitesTable final : public QDialog
{
    Q_OBJECT
public:
    SitesTable(const SiteHost &host, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &site, const QString &link); ///< link "": the site as such

private:
    void render();

    const SiteHost &m_host;
    models::CellTable m_rows;
    QTimer m_tick; ///< ages, and what is read meanwhile
};

} // namespace andon::ui
