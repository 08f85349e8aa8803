#pragma once
// What needs somebody: two lines a row, the worst first; Enter or a click opens it. GUI thread.
#include "factory/subject.h"
#include "models/celltable.h"

#include <QListView>

#include <map>

class QMenu;

namespace andon::ui
{

/// Something that can be acknowledged.
struct AckRow {
    factory::Subject subject = {};
    QString title = {};
    bool acknowledged = false;
};

class NeedsList final : public QListView
{
    Q_OBJECT
public:
    explicit NeedsList(QWidget *parent = nullptr);
    void set(const factory::FloorView &view, core::Instant now);
    [[nodiscard]] int count() const { return m_rows.total(); }
    [[nodiscard]] models::CellTable &rows() { return m_rows; }
    void setAcknowledging(bool may); ///< offers it at the row under the mouse or chosen by keys, and in the menu
    [[nodiscard]] QMenu *menuOf(const QModelIndex &index); ///< what can be done with a row; deletes itself when closed
    [[nodiscard]] bool acknowledging() const { return m_acknowledging; }
    [[nodiscard]] std::optional<AckRow> chosen() const;
    [[nodiscard]] QSize minimumSizeHint() const override { return {240, 100}; }

Q_SIGNALS:
    void linkRequested(const QString &link);
    void acknowledgeRequested(const andon::ui::AckRow &row);

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] std::optional<AckRow> rowAt(const QModelIndex &index) const;
    models::CellTable m_rows; ///< title, second line, since, next step
    std::map<QString, AckRow> m_acks; ///< by the id of the row
    bool m_acknowledging = false;
    bool m_offered = false; ///< the press was not one on the row
};

} // namespace andon::ui
