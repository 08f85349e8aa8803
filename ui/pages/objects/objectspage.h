#pragma once
// Objects: the tree of any ref folder by folder, what an object is and begins with, how much a folder holds. GUI
// thread; asks on the worker.
#include "factory/compareviews.h"
#include "factory/live.h"
#include "factory/objectservice.h"
#include "models/rowfilter.h"
#include "text/comparelink.h"
#include "ui/pages/page.h"
#include "ui/widgets/previewview.h"

#include <QTimer>

class QComboBox;
class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QStringListModel;

namespace andon::ui
{

class Card;
class FactPane;
struct Fact;
class FilterBar;
class Label;
class ObjectList;
class Panel;
class PreviewView;

struct ObjectsView {
    bool known = false;
    factory::FolderView folder = {};
    text::ObjectWords words = {}; ///< that it answers, with the ref that was chosen for it
    QStringList repositories = {};
    QStringList refs = {};
    QString branch = {}; ///< the ref, when it is one and not the default one
};

class ObjectsPage final : public Page
{
    Q_OBJECT
public:
    ObjectsPage(factory::VersionService &versions, factory::ObjectService &objects, factory::Worker &worker,
                const core::Clock &clock, QWidget *parent = nullptr);
    ~ObjectsPage() override;

    [[nodiscard]] QString title() const override { return tr("Objects"); }
    [[nodiscard]] core::Freshness freshness() const override { return m_live.snapshot().freshness; }
    void refresh(bool network) override;
    bool open(const QString &link) override;
    [[nodiscard]] QString selection() const override;
    [[nodiscard]] FilterBar *filterBar() const override { return m_filter; }
    [[nodiscard]] bool settled() const override;
    void pretend(const core::Freshness &freshness, bool withValue) override { m_live.pretend(freshness, withValue); }

private:
    struct Meter; ///< how far a folder was measured
    // objectsbuild.cpp
    void build();
    QWidget *buildHead();
    QPushButton *buildRef(QWidget *parent); ///< the button that offers refs
    void buildList(QWidget *parent);
    void connectParts();
    // objectspage.cpp
    void ask(const text::ObjectWords &words, bool network);
    void goTo(const QString &folder); ///< by the person
    void render();
    void renderPath();
    void renderRows();
    void takeMore();
    void chooseRow(int row);
    void renderFacts(const factory::ObjectPreview *preview);
    // objectsfacts.cpp
    void measure();
    void lookAtMeter();
    [[nodiscard]] std::vector<Fact> objectFacts(const versions::ObjectEntry &object,
                                                const factory::ObjectPreview *preview) const;
    [[nodiscard]] std::vector<Fact> folderFacts(const std::string &folder) const;
    void addHistory(std::vector<Fact> &facts, const std::string &path) const;
    void showMenu(int row, const QPoint &at);
    [[nodiscard]] QString uri(const std::string &path, bool s3) const;

    factory::VersionService &m_versions;
    factory::ObjectService &m_objects;
    factory::Worker &m_worker;
    const core::Clock &m_clock;
    factory::Live<ObjectsView> m_live;
    text::ObjectWords m_words; ///< asked for; the path of an object chooses it in its folder
    bool m_network = false;

    std::shared_ptr<const std::vector<versions::ObjectEntry>> m_entries;
    std::string m_next; ///< of the pages of the folder
    QString m_shown; ///< repository, commit and folder that m_entries are of
    std::string m_chosen; ///< path of the object that is looked at; "" the folder
    int m_sort = 0;
    bool m_descending = false;
    core::Latest<versions::ObjectPage> m_more;
    core::Latest<PreviewSide> m_reading;
    core::Latest<factory::FolderSize> m_measuring;
    core::Cancel m_measure;
    std::shared_ptr<Meter> m_meter;
    QTimer m_look;
    std::optional<factory::FolderSize> m_size;
    QString m_sizeOf; ///< the folder that it is of

    Panel *m_panel = nullptr;
    QComboBox *m_repositories = nullptr;
    QLineEdit *m_ref = nullptr;
    QStringListModel *m_refs = nullptr;
    Label *m_refFacts = nullptr;
    QWidget *m_path = nullptr;
    QHBoxLayout *m_crumbs = nullptr;
    Card *m_listCard = nullptr;
    Panel *m_listPanel = nullptr;
    ObjectList *m_list = nullptr;
    QPushButton *m_moreButton = nullptr;
    FilterBar *m_filter = nullptr;
    Card *m_detail = nullptr;
    FactPane *m_facts = nullptr;
    QPushButton *m_measureButton = nullptr;
    PreviewView *m_preview = nullptr;
};

} // namespace andon::ui
